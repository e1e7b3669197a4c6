using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Live;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Stations;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Roster;

/// <summary>One week of a station's roster, with what each of its officers does now.</summary>
internal sealed class ReadWeek(IDbContextFactory<AlertDavaoDb> contexts, LiveSessions live, TimeProvider time)
{
    /// <summary>Duties that one week reads at most.</summary>
    private const int Most = 4000;

    /// <summary>How far the state of now looks: for when somebody serves next, and when somebody last did.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(14);
    private static readonly TimeSpan Back = TimeSpan.FromDays(14);

    /// <param name="day">Any day of the week.</param>
    /// <returns>Null for a station that the scope is no admin of.</returns>
    public StationWeek? Run(BoardScope scope, string station, DateOnly day)
    {
        if (station == LogCode.City || !DutyChange.IsAdminAt(scope, station))
            return null;

        using var db = contexts.CreateDbContext();
        var now = time.GetUtcNow();
        var begins = RosterWeek.StartOf(RosterWeek.MondayOf(day));
        // The night of Sunday belongs to the week.
        var ends = begins.AddDays(RosterWeek.DaysInWeek) + Shifting.Length;
        var (back, ahead) = (now - Back, now + Ahead);
        var near = db.Duties.AsNoTracking().Where(duty =>
            (duty.From < ends && (duty.Until == null || duty.Until > begins)) || (duty.From < ahead && (duty.Until == null || duty.Until > back)));
        var ids = near.Where(duty => duty.Log == station).Select(duty => duty.OfficerId).Distinct().ToList();
        var duties = near.Where(duty => ids.Contains(duty.OfficerId)).OrderBy(duty => duty.From).Take(Most).ToList();
        var officers = db.Officers.AsNoTracking().Where(officer => ids.Contains(officer.Id)).ToDictionary(officer => officer.Id);
        var held = db.Reports.AsNoTracking()
            .Where(report => report.Log == station && report.ClaimedBy != null)
            .GroupBy(report => report.ClaimedBy!.Value)
            .Select(group => new { Officer = group.Key, Count = group.Count() })
            .ToDictionary(group => group.Officer, group => group.Count);

        var week = new RosterWeek(station, day, duties, now);
        var pieces = week.Pieces.ToLookup(piece => piece.Duty.OfficerId);
        var here = duties.Where(duty => duty.Log == station).ToLookup(duty => duty.OfficerId);
        var rows = ids.Where(id => pieces.Contains(id) || here[id].Any(duty => duty.IsInForce(now)))
            .Select(id => new WeekRow(
                officers[id],
                [.. pieces[id]],
                here[id].Any(duty => duty.IsInForce(now)),
                here[id].Where(duty => duty.From > now).Select(duty => (DateTimeOffset?)duty.From).Min(),
                here[id].Where(duty => duty.Until <= now).Max(duty => duty.Until),
                // Whoever reads this looks at a screen, also before it has connected.
                Math.Max(live.Present.Of(id), id == scope.OfficerId ? 1 : 0),
                held.GetValueOrDefault(id)))
            .OrderBy(row => Order(row, now)).ThenBy(row => row.Officer.Name, StringComparer.CurrentCulture).ThenBy(row => row.Officer.Id)
            .ToList();
        return new StationWeek(week, rows, officers, now);
    }

    // As a day goes: postings, then the shifts as they begin.
    private static int Order(WeekRow row, DateTimeOffset now)
        => row.Pieces is not [var first, ..] ? row.IsOn ? 0 : int.MaxValue
            : !first.Duty.IsOneShift ? 0
            : 1 + (int)Shifting.Nearest((row.Pieces.FirstOrDefault(piece => piece.Until > now) ?? first).Duty.From);
}

/// <param name="Officers">Of the rows and of the conflicts, by id.</param>
/// <param name="Now">When it was read.</param>
internal sealed record StationWeek(RosterWeek Week, IReadOnlyList<WeekRow> Rows, IReadOnlyDictionary<Guid, Officer> Officers, DateTimeOffset Now)
{
    public int InHand => Rows.Sum(row => row.InHand);
}

/// <param name="Pieces">The officer's part of the week.</param>
/// <param name="IsOn">On duty at the station now.</param>
/// <param name="Next">When the next duty here begins; null for not within two weeks.</param>
/// <param name="Ended">When the last one here ended; null for not within two weeks.</param>
/// <param name="Screens">That the officer has open now.</param>
/// <param name="InHand">Reports of the station that the officer holds.</param>
internal sealed record WeekRow(
    Officer Officer, IReadOnlyList<RosterPiece> Pieces, bool IsOn, DateTimeOffset? Next, DateTimeOffset? Ended, int Screens, int InHand);
