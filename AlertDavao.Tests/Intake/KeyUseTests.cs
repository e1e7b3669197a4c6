using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Intake;
using AlertDavao.Domain.Geography;
using AlertDavao.Tests.Data;
using AlertDavao.Tests.Devices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AlertDavao.Tests.Intake;

/// <summary>When a key was used last: no report pays for knowing it, and it is known after a restart.</summary>
public sealed class KeyUseTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 6, 7, 4, 0, 0, TimeSpan.Zero));
    private readonly CommitWatch _commits = new();
    private readonly Store _store;

    public KeyUseTests() => _store = new(_commits);

    [Fact]
    public async Task However_often_keys_are_used_it_is_written_down_once_a_minute_for_all_of_them()
    {
        var (first, second) = (await Client("first"), await Client("second"));
        var keys = new IntakeKeys(_store, _time);
        using var watch = new KeyUseWatch(keys, _store.Writer, _time, NullLogger<KeyUseWatch>.Instance);
        await watch.StartAsync(CancellationToken.None);
        var before = _commits.Commits;
        for (var at = 0; at < 500; at++)
        {
            Use(keys, "first");
            _time.Advance(TimeSpan.FromMilliseconds(100));
        }

        var last = _time.GetUtcNow();
        Use(keys, "first");
        Use(keys, "second");
        keys.Find("Bearer of-nobody").Should().BeNull();
        _commits.Commits.Should().Be(before, "less than a minute has passed");
        UseOf(first).Should().BeNull();

        await Minutes(() => UseOf(first) is not null);

        (UseOf(first), UseOf(second)).Should().Be((last, last));
        _commits.Commits.Should().Be(before + 1);
        for (var minute = 0; minute < 5; minute++)
            _time.Advance(KeyUseWatch.Period);
        _commits.Commits.Should().Be(before + 1, "nothing was used since");
        var later = _time.GetUtcNow();
        Use(keys, "second");
        await Minutes(() => UseOf(second) == later);
        UseOf(first).Should().Be(last);
        await watch.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_key_of_which_the_last_minute_is_not_written_down_yet_is_written_down_when_the_program_stops()
    {
        var client = await Client("last");
        var keys = new IntakeKeys(_store, _time);
        using var watch = new KeyUseWatch(keys, _store.Writer, _time, NullLogger<KeyUseWatch>.Instance);
        await watch.StartAsync(CancellationToken.None);
        Use(keys, "last");

        await watch.StopAsync(CancellationToken.None);

        UseOf(client).Should().Be(_time.GetUtcNow());
    }

    [Fact]
    public async Task The_page_says_when_a_report_was_filed_with_it_last_after_a_restart_too()
    {
        using var first = TestApp.Start();
        var key = first.NewIntakeKey("Of the bus company");
        using (var desk = await first.SignedIn("hq"))
            Line(await desk.GetStringAsync("/keys")).Should().Contain("never used");
        var before = TimeProvider.System.GetUtcNow();
        using (var client = first.Intake(key))
        using (var answer = await client.PostAsJsonAsync("/api/reports", A.ReportFor(first, "PS1", "By bus")))
            answer.StatusCode.Should().Be(HttpStatusCode.Created);
        var after = TimeProvider.System.GetUtcNow();

        await using var again = TestApp.Again(first);

        using var later = await again.SignedIn("hq");
        Line(await later.GetStringAsync("/keys")).Should().ContainAny(Said(before), Said(after)).And.NotContain("never used");
    }

    public void Dispose() => _store.Dispose();

    private static string Line(string page) => Regex.Match(page, "Of the bus company.*?</li>", RegexOptions.Singleline).Value;

    private static string Said(DateTimeOffset at) => $"last used {ManilaTime.Of(at).ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture)}";

    private static void Use(IntakeKeys keys, string key) => keys.Find($"Bearer {key}").Should().NotBeNull();

    // The timer begins on a thread of its own: a minute may pass before it does.
    private Task Minutes(Func<bool> isThere) => Eventually.Holds(
        () =>
        {
            if (isThere())
                return true;
            _time.Advance(KeyUseWatch.Period);
            return isThere();
        },
        "it is written down");

    private DateTimeOffset? UseOf(Guid client)
    {
        using var db = _store.CreateDbContext();
        return db.IntakeClients.AsNoTracking().Single(one => one.Id == client).LastUsedAt;
    }

    private Task<Guid> Client(string key) => _store.Writer.Run(unit =>
    {
        var client = new IntakeClient { Id = Guid.NewGuid(), Name = key, KeyHash = IntakeKeys.Hash(key), CreatedAt = _time.GetUtcNow() };
        unit.Db.IntakeClients.Add(client);
        return client.Id;
    });
}
