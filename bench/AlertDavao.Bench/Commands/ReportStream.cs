using System.Diagnostics;

namespace AlertDavao.Bench.Commands;

/// <summary>
/// Reports at a steady rate, the stations in turn, each by an incident that lies in its polygon (CYBER's by its type). The
/// clock decides when one is sent, not the answer to the one before: a server that is late makes no pause for itself.
/// </summary>
internal sealed class ReportStream(IntakePoster poster, Incident[] incidents)
{
    private readonly Incident[][] _stations =
        [.. incidents.Where(incident => incident.Station != Incident.CityDesk).GroupBy(incident => incident.Station)
            .OrderBy(station => station.Key, StringComparer.Ordinal).Select(station => station.ToArray())];

    private int _sent;

    public int Stations => _stations.Length;

    /// <summary>All posts of the stretch, ended.</summary>
    public async Task<Posted[]> RunAsync(double rate, TimeSpan length, CancellationToken stop)
    {
        var posts = new List<Task<Posted>>();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < rate * length.TotalSeconds; i++)
        {
            var wait = TimeSpan.FromSeconds(i / rate) - Stopwatch.GetElapsedTime(started);
            if (wait > TimeSpan.FromMilliseconds(1)) await Task.Delay(wait, TimeProvider.System, stop);
            posts.Add(SendAsync(stop));
        }

        return await Task.WhenAll(posts);
    }

    /// <summary>So many reports for each station, a few at a time.</summary>
    public async Task<Posted[]> FillAsync(int perStation, CancellationToken stop)
    {
        var posts = new List<Posted>();
        for (var i = 0; i < perStation; i++)
            posts.AddRange(await Task.WhenAll(Enumerable.Range(0, _stations.Length).Select(_ => SendAsync(stop))));
        return [.. posts];
    }

    private Task<Posted> SendAsync(CancellationToken stop)
    {
        var number = _sent++;
        var station = _stations[number % _stations.Length];
        return poster.PostAsync(station[number / _stations.Length % station.Length], stop, number);
    }
}
