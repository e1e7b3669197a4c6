using AlertDavao.Dashboard.Data;

namespace AlertDavao.Dashboard.Map;

/// <summary>The sheet of the boundaries in force: drawn when the first map asks, and anew when others are published.</summary>
internal sealed class CitySheets(CityBook city)
{
    private readonly KeptSheet<CityPicture> _sheet = new();

    /// <summary>The sheet in force.</summary>
    public CitySheet Now
    {
        get
        {
            var now = city.Now;
            return _sheet.Of(now, () => new CitySheet(now));
        }
    }
}
