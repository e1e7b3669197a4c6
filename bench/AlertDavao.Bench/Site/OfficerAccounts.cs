using System.Globalization;

namespace AlertDavao.Bench.Site;

/// <summary>The demo officers, station by station, so that a run of any size is spread over all stations.</summary>
internal static class OfficerAccounts
{
    private static readonly string[] Codes =
    [
        "ps1", "ps2", "ps3", "ps4", "ps5", "ps6", "ps7", "ps8", "ps9", "ps10", "ps11", "ps12", "ps13",
        "ps15", "ps16", "ps17", "ps18", "ps19", "ps20", "cyber",
    ];

    public static int Stations => Codes.Length;

    /// <summary>The station of account, subscriber or report number <paramref name="index"/>.</summary>
    public static string Station(int index) => Codes[index % Codes.Length].ToUpperInvariant();

    public static int PerStation(int accounts) => (accounts + Stations - 1) / Stations;

    public static string Email(int index)
    {
        var number = (index / Stations) + 1;
        var officer = number == 1 ? "officer" : string.Create(CultureInfo.InvariantCulture, $"officer{number}");
        return $"{officer}.{Codes[index % Codes.Length]}@alertdavao.test";
    }

    /// <summary>Signs in each account once; sessions are what circuits share, as tabs of one browser do.</summary>
    public static async Task<SiteSession[]> SignInAsync(LoopbackSite site, int accounts, string password, CancellationToken stop)
    {
        var sessions = new SiteSession[accounts];
        var few = new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = stop };
        await Parallel.ForAsync(0, accounts, few, async (index, cancel) =>
        {
            var session = new SiteSession(site);
            await session.SignInAsync(Email(index), password, cancel);
            sessions[index] = session;
        });
        return sessions;
    }
}
