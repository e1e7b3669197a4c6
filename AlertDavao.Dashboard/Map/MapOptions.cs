using AlertDavao.Dashboard.Data;

namespace AlertDavao.Dashboard.Map;

/// <summary>
/// <c>Map:TileUrl</c>, the address of a server's map pictures with <c>{z}</c>, <c>{x}</c> and <c>{y}</c>, and <c>Map:TileAttribution</c>,
/// the words that their owner asks for. Without an address the barangays alone are drawn, and no other server is asked for anything.
/// </summary>
/// <param name="Origin">Where browsers may take pictures from besides here; null for nowhere.</param>
internal sealed record MapOptions(string? TileUrl, string? TileAttribution, string? Origin)
{
    private const int MostLetters = 300;

    private static readonly string[] Parts = ["{z}", "{x}", "{y}"];

    /// <exception cref="SettingMissing">The address is none of https (or of this machine), or lacks a part.</exception>
    public static MapOptions From(IConfiguration configuration)
    {
        const string Key = "Map:TileUrl";
        var attribution = configuration["Map:TileAttribution"] is { Length: > 0 } words ? words : null;
        if (attribution is { Length: > MostLetters })
            throw new SettingMissing("Map:TileAttribution", $"must have at most {MostLetters} letters");
        if (configuration[Key] is not { Length: > 0 } url)
            return new MapOptions(null, null, null);

        if (!Parts.All(part => url.Contains(part, StringComparison.Ordinal)))
            throw new SettingMissing(Key, "must name {z}, {x} and {y}");
        // The parts stand for numbers.
        var example = Parts.Aggregate(url, (address, part) => address.Replace(part, "0", StringComparison.Ordinal));
        if (!Uri.TryCreate(example, UriKind.Absolute, out var address) || example.Contains('{', StringComparison.Ordinal) || address.UserInfo.Length > 0
            || (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
            throw new SettingMissing(Key, "must be an address of https, with no other parts in braces");
        return new MapOptions(url, attribution, address.GetLeftPart(UriPartial.Authority));
    }
}
