using System.Security.Cryptography;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Live;
using AlertDavao.Domain.Reports;
using Microsoft.EntityFrameworkCore;
using Route = AlertDavao.Domain.Stations.Route;

namespace AlertDavao.Dashboard.Intake;

/// <summary>
/// A submission becomes a stored, numbered report, and its log's bell is rung. When this returns the report is on the disk:
/// after the answer nothing may lose it.
/// </summary>
internal sealed class ReceiveReport(Writer writer, CityBook city, ReporterSeal seal, LiveBus bus, ScopeDirectory scopes, EscalationTimes times, TimeProvider time)
{
    /// <exception cref="WriterBusy">Nothing was stored.</exception>
    /// <exception cref="WriteFailed">Nothing was stored.</exception>
    public async Task<Outcome> Run(Sender sender, Incoming incoming)
    {
        if (sender is DeskSender { Officer: var officer } && scopes.Of(officer).IsEmpty)
            return Outcome.NoDuty;

        var submission = incoming.Submission;
        var route = city.Router.Route(submission.CrimeTypes, submission.Latitude, submission.Longitude);
        // Whatever needs no database is made here: the writer is one for all who send.
        var draft = new Draft(
            sender is DeskSender { Form: var form } ? form : Guid.CreateVersion7(time.GetUtcNow()),
            TrackingCode.From(RandomNumberGenerator.GetBytes(TrackingCode.RandomBytes)),
            route,
            seal.Seal(incoming.Reporter));

        var outcome = await writer.RunRepeatable(unit => AnsweredBefore(unit, sender, incoming) ?? Store(unit, sender, incoming, draft));
        if (outcome.Kind == OutcomeKind.Stored)
            bus.RingForArrival(route.Log);
        return outcome;
    }

    private Outcome Store(WriteUnit unit, Sender sender, Incoming incoming, Draft draft)
    {
        var report = Report.Submit(draft.Id, draft.Code, incoming.Submission, draft.Route, unit.Now).With(incoming.Evidence);
        report.StartClock(times, unit.Now);
        var answer = Array.Empty<byte>();
        IdempotentAnswer? kept = null;
        switch (sender)
        {
            case ClientSender(var client, var key):
                report.SentBy(client.Id, draft.SealedReporter);
                answer = IntakeAnswer.Of(report, city);
                if (key is not null)
                    kept = AnswerTo(client, key, incoming, report, answer, unit.Now);
                break;
            case DeskSender(var officer, _):
                report.FiledAtDesk(officer, draft.SealedReporter);
                unit.Audit(officer, AuditActs.Filed, report.Id);
                break;
        }

        var original = new ReportOriginal { ReportId = report.Id, Fields = incoming.Original, Sha256 = incoming.Fingerprint };
        unit.Arrivals.Arrive(report, unit.Now, original, kept);
        return Outcome.Stored(report.Id, answer);
    }

    /// <summary>Null when this is to be stored; else why not, or what was answered the first time.</summary>
    private static Outcome? AnsweredBefore(WriteUnit unit, Sender sender, Incoming incoming)
    {
        switch (sender)
        {
            case ClientSender(var client, _) when !unit.Arrivals.IsInForce(client.Id):
                return Outcome.KeyRevoked;
            case ClientSender(var client, { } key) when unit.Arrivals.Earlier(client.Id, key) is { } earlier:
                return Repeat(earlier, incoming.Fingerprint);
            case DeskSender(var officer, var form) when unit.Db.Reports.AsNoTracking().SingleOrDefault(report => report.Id == form) is { } filed:
                return filed.FiledBy == officer && unit.Db.ReportOriginals.Any(original => original.ReportId == form && original.Sha256 == incoming.Fingerprint)
                    ? Outcome.Repeated(filed.Id, [])
                    : Outcome.KeyReused;
            default:
                return null;
        }
    }

    private static Outcome Repeat(EarlierAnswer earlier, byte[] fingerprint)
        => earlier.RequestHash.AsSpan().SequenceEqual(fingerprint)
            ? Outcome.Repeated(earlier.ReportId, earlier.Answer)
            : Outcome.KeyReused;

    private static IdempotentAnswer AnswerTo(
        IntakeClient client, string key, Incoming incoming, Report report, byte[] answer, DateTimeOffset now) => new()
        {
            ClientId = client.Id,
            Key = key,
            RequestHash = incoming.Fingerprint,
            ReportId = report.Id,
            Answer = answer,
            At = now,
        };

    private sealed record Draft(Guid Id, string Code, Route Route, byte[]? SealedReporter);
}

internal enum OutcomeKind
{
    Stored,

    /// <summary>The same request came before: its first answer again, no second report.</summary>
    Repeated,

    /// <summary>The idempotency key, or the desk's form, belongs to another report.</summary>
    KeyReused,

    /// <summary>The intake key was revoked since the request began.</summary>
    KeyRevoked,

    /// <summary>The officer serves nowhere now, and files nothing.</summary>
    NoDuty,
}

/// <param name="Answer">The body to answer a client with; empty for a refusal and for the desk.</param>
internal sealed record Outcome(OutcomeKind Kind, Guid ReportId, byte[] Answer)
{
    public static readonly Outcome KeyReused = new(OutcomeKind.KeyReused, Guid.Empty, []);
    public static readonly Outcome KeyRevoked = new(OutcomeKind.KeyRevoked, Guid.Empty, []);
    public static readonly Outcome NoDuty = new(OutcomeKind.NoDuty, Guid.Empty, []);

    public static Outcome Stored(Guid report, byte[] answer) => new(OutcomeKind.Stored, report, answer);

    public static Outcome Repeated(Guid report, byte[] answer) => new(OutcomeKind.Repeated, report, answer);
}
