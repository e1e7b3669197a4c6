using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Stations;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Data;

/// <summary>
/// What every feature reads and hardly anyone changes: stations, barangays, the router. Each property is of the picture in force now; who needs
/// several of one moment takes <see cref="Now"/>. Stations are added and never removed, so that what one picture named the next one knows.
/// </summary>
internal sealed class CityBook(CityPicture first)
{
    private CityPicture _now = first;

    /// <summary>The picture in force.</summary>
    public CityPicture Now => Volatile.Read(ref _now);

    /// <summary>This database's epoch; cursors of another are void.</summary>
    public long Epoch => Now.Epoch;

    public FrozenDictionary<string, Station> Stations => Now.Stations;

    /// <summary>By PSGC.</summary>
    public FrozenDictionary<string, Barangay> Barangays => Now.Barangays;

    /// <summary>Every log in station order, CITY last.</summary>
    public ImmutableArray<string> Logs => Now.Logs;

    public ReportRouter Router => Now.Router;

    /// <summary>From here on this one is in force. It is committed.</summary>
    public void Use(CityPicture next) => Volatile.Write(ref _now, next);

    public static CityBook Read(IDbContextFactory<AlertDavaoDb> contexts)
    {
        using var db = contexts.CreateDbContext();
        var mark = db.Marks.AsNoTracking().Single();
        return new CityBook(new CityPicture(mark.Epoch, mark.BoundaryVersion, db.Stations.AsNoTracking().ToList(), db.Barangays.AsNoTracking().ToList()));
    }
}

/// <summary>Stations, barangays and the router of one version of the boundaries. Immutable.</summary>
internal sealed class CityPicture(long epoch, string version, IReadOnlyCollection<Station> stations, IReadOnlyCollection<Barangay> barangays)
{
    public long Epoch => epoch;

    /// <summary>Names the boundaries; it is stamped on every report that they route.</summary>
    public string Version => version;

    public FrozenDictionary<string, Station> Stations { get; } = stations.ToFrozenDictionary(station => station.Code, StringComparer.Ordinal);

    public FrozenDictionary<string, Barangay> Barangays { get; } = barangays.ToFrozenDictionary(barangay => barangay.Psgc, StringComparer.Ordinal);

    public ImmutableArray<string> Logs { get; } = [.. stations.Select(station => station.Code).Append(LogCode.City).Order(LogCode.Order)];

    public ReportRouter Router { get; } = new(new BarangayMap(version, barangays));
}
