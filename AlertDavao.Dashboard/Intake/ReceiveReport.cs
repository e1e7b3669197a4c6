using System.Security.Cryptography;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Live;
using AlertDavao.Domain.Reports;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Intake;

/// <summary>
/// A submission becomes a stored, numbered report, and its log's bell is rung. When this returns the report is on the disk:
/// after the answer nothing may lose it.
/// </summary>
internal sealed class ReceiveReport(Writer writer, CityBook city, ReporterSeal seal, LiveBus bus)
{
    /// <param name="key">Idempotency key; null when the client sent none.</param>
    /// <param name="fingerprint">Of the request, to tell a repetition from another report under the same key.</param>
    /// <exception cref="WriterBusy">Nothing was stored.</exception>
    /// <exception cref="WriteFailed">Nothing was stored.</exception>
    public async Task<Outcome> Run(
        IntakeClient client, string? key, byte[] fingerprint, Submission submission, Reporter reporter)
    {
        var route = city.Router.Route(submission.CrimeTypes, submission.Latitude, submission.Longitude);
        var sealedReporter = seal.Seal(reporter);

        var outcome = await writer.Run(unit =>
        {
            if (!unit.Db.IntakeClients.Any(c => c.Id == client.Id && c.RevokedAt == null))
                return Outcome.KeyRevoked;
            if (key is not null && Earlier(unit.Db, client.Id, key) is { } earlier)
                return Repeat(earlier, fingerprint);

            var code = TrackingCode.From(RandomNumberGenerator.GetBytes(TrackingCode.RandomBytes));
            var report = Report.Submit(Guid.CreateVersion7(unit.Now), code, submission, route, unit.Now)
                .SentBy(client.Id, sealedReporter);
            unit.Arrive(report);
            var answer = IntakeAnswer.Of(report, city);
            if (key is not null)
            {
                unit.Db.IdempotentAnswers.Add(new IdempotentAnswer
                {
                    ClientId = client.Id,
                    Key = key,
                    RequestHash = fingerprint,
                    ReportId = report.Id,
                    Answer = answer,
                    At = unit.Now,
                });
            }

            return Outcome.Stored(report.Id, answer);
        });

        if (outcome.Kind == OutcomeKind.Stored)
            bus.Ring(route.Log);
        return outcome;
    }

    private static IdempotentAnswer? Earlier(AlertDavaoDb db, Guid client, string key)
        => db.IdempotentAnswers.AsNoTracking().SingleOrDefault(answer => answer.ClientId == client && answer.Key == key);

    private static Outcome Repeat(IdempotentAnswer earlier, byte[] fingerprint)
        => earlier.RequestHash.AsSpan().SequenceEqual(fingerprint)
            ? Outcome.Repeated(earlier.ReportId, earlier.Answer)
            : Outcome.KeyReused;
}

internal enum OutcomeKind
{
    Stored,

    /// <summary>The same request came before: its first answer again, no second report.</summary>
    Repeated,

    /// <summary>The idempotency key belongs to another report.</summary>
    KeyReused,

    /// <summary>The intake key was revoked since the request began.</summary>
    KeyRevoked,
}

/// <param name="Answer">The body to answer with; empty for a refusal.</param>
internal sealed record Outcome(OutcomeKind Kind, Guid ReportId, byte[] Answer)
{
    public static readonly Outcome KeyReused = new(OutcomeKind.KeyReused, Guid.Empty, []);
    public static readonly Outcome KeyRevoked = new(OutcomeKind.KeyRevoked, Guid.Empty, []);

    public static Outcome Stored(Guid report, byte[] answer) => new(OutcomeKind.Stored, report, answer);

    public static Outcome Repeated(Guid report, byte[] answer) => new(OutcomeKind.Repeated, report, answer);
}
