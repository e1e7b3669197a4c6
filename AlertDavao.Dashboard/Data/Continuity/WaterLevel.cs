using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Data.Continuity;

/// <summary>How far every log of one database has got.</summary>
internal sealed record WaterLevel(long Epoch, ImmutableArray<LastEntry> Logs)
{
    /// <summary>Whether no log has an entry: nobody can have been told anything.</summary>
    [JsonIgnore]
    public bool IsEmpty => Logs.All(log => log.Number == 0);

    /// <summary>The logs in one statement, so that they are of one moment.</summary>
    public static WaterLevel Of(AlertDavaoDb db) => new(
        db.Marks.AsNoTracking().Single().Epoch,
        [.. db.StationLogs.AsNoTracking()
            .LeftJoin(
                db.StationEntries,
                log => new { Log = log.Code, Number = log.LastNumber },
                entry => new { entry.Log, entry.Number },
                (log, entry) => new { log.Code, log.LastNumber, Entry = entry })
            .OrderBy(log => log.Code)
            .AsEnumerable()
            .Select(log => new LastEntry(log.Code, log.LastNumber, log.Entry?.ReportId, log.Entry?.At.ToUnixTimeMilliseconds()))]);

    public bool Equals(WaterLevel? other) => other is not null && Epoch == other.Epoch && Logs.SequenceEqual(other.Logs);

    public override int GetHashCode() => HashCode.Combine(Epoch, Logs.Length);
}

/// <summary>
/// The newest entry of a log. The number alone would not do: a copy that went on by itself has other reports under the same ones.
/// </summary>
/// <param name="Number">0 before the first.</param>
/// <param name="At">Unix milliseconds: the same report may be changed under the same number in two copies, hardly at the same moment.</param>
internal sealed record LastEntry(string Log, long Number, Guid? ReportId, long? At);
