using System.Collections.Frozen;
using System.Collections.Immutable;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Stations;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Data;

/// <summary>What every feature reads and hardly anyone changes: stations, barangays, the router. One immutable picture.</summary>
internal sealed class CityBook
{
    private CityBook(DatabaseMark mark, IReadOnlyList<Station> stations, IReadOnlyList<Barangay> barangays)
    {
        Epoch = mark.Epoch;
        Stations = stations.ToFrozenDictionary(station => station.Code, StringComparer.Ordinal);
        Barangays = barangays.ToFrozenDictionary(barangay => barangay.Psgc, StringComparer.Ordinal);
        Logs = [.. stations.Select(station => station.Code).Append(LogCode.City).Order(LogCode.Order)];
        Router = new ReportRouter(new BarangayMap(mark.BoundaryVersion, barangays));
    }

    /// <summary>This database's epoch; cursors of another are void.</summary>
    public long Epoch { get; }

    public FrozenDictionary<string, Station> Stations { get; }

    /// <summary>By PSGC.</summary>
    public FrozenDictionary<string, Barangay> Barangays { get; }

    /// <summary>Every log in station order, CITY last.</summary>
    public ImmutableArray<string> Logs { get; }

    public ReportRouter Router { get; }

    public static CityBook Read(IDbContextFactory<AlertDavaoDb> contexts)
    {
        using var db = contexts.CreateDbContext();
        return new CityBook(
            db.Marks.AsNoTracking().Single(),
            db.Stations.AsNoTracking().ToList(),
            db.Barangays.AsNoTracking().ToList());
    }
}
