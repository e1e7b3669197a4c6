using AlertDavao.Domain.Geography;

namespace AlertDavao.Tests.Domain.Geography;

public sealed class GeoPointTests
{
    [Theory]
    [InlineData(7.0739, 125.6246, 7.0739, 125.6246, 0)]
    [InlineData(7, 125.6, 8, 125.6, 111_195)]
    [InlineData(0, 125, 0, 126, 111_195)]
    [InlineData(60, 125, 60, 126, 55_597)]
    [InlineData(0, 179.5, 0, -179.5, 111_195)]
    [InlineData(90, 0, -90, 0, 20_015_115)]
    public void A_distance_is_along_the_surface(double latitude, double longitude, double otherLatitude, double otherLongitude, double metres)
        => new GeoPoint(latitude, longitude).MetresTo(new GeoPoint(otherLatitude, otherLongitude)).Should().BeApproximately(metres, Math.Max(1, metres * 0.0001));
}
