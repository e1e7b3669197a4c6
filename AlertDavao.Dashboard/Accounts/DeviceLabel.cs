using System.Globalization;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>A browser in a few words, for an officer to tell the own devices apart. Made of known words alone, never of what was sent.</summary>
internal static class DeviceLabel
{
    // In this order: most browsers claim to be others too.
    private static readonly (string Sign, string Name)[] _browsers =
        [("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Sign, string Name)[] _systems =
        [("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    public static string Of(string? userAgent)
    {
        var browser = Find(_browsers, userAgent);
        var system = Find(_systems, userAgent);
        return (browser, system) switch
        {
            (null, null) => AccountTexts.UnknownDevice,
            (null, _) => system,
            (_, null) => browser,
            _ => string.Format(CultureInfo.CurrentCulture, AccountTexts.BrowserOnSystem, browser, system),
        };
    }

    private static string? Find((string Sign, string Name)[] known, string? userAgent)
        => known.FirstOrDefault(one => userAgent?.Contains(one.Sign, StringComparison.Ordinal) == true).Name;
}
