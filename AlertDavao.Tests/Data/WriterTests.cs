using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Data;

public sealed class WriterTests : IDisposable
{
    private static readonly string[] Logs = ["PS1", "PS2", "CITY"];

    private readonly CommitWatch _commits = new();
    private readonly Store _store;

    public WriterTests() => _store = new Store(_commits);

    [Fact]
    public async Task Of_200_parallel_units_every_failing_one_fails_with_its_own_exception_and_all_others_are_stored()
    {
        var units = await StoreInParallel(200);

        units.Should().OnlyContain(unit => unit.Error == (unit.At % 5 == 0 ? $"unit {unit.At}" : null));
        _store.Titles().Should().BeEquivalentTo(Enumerable.Range(0, 200).Where(at => at % 5 != 0).Select(at => $"report {at}"));
    }

    [Fact]
    public async Task Numbers_have_no_gap_and_follow_the_clock_though_units_between_failed()
    {
        await StoreInParallel(200);

        using var db = _store.CreateDbContext();
        foreach (var log in Logs)
        {
            var entries = db.StationEntries.Where(entry => entry.Log == log).OrderBy(entry => entry.Number).ToList();
            entries.Should().HaveCountGreaterThan(50);
            entries.Select(entry => entry.Number).Should().Equal(Enumerable.Range(1, entries.Count).Select(number => (long)number));
            entries.Select(entry => entry.At).Should().BeInAscendingOrder();
            db.StationLogs.Single(l => l.Code == log).LastNumber.Should().Be(entries.Count);
        }
    }

    [Fact]
    public async Task Units_that_wait_are_committed_together()
    {
        using var gate = await Gate.Close(_store.Writer);
        var before = _commits.Commits;
        var units = Enumerable.Range(0, 200).Select(at => _store.Store1($"report {at}")).ToList();
        gate.Open();

        await Task.WhenAll(units);

        (_commits.Commits - before).Should().Be(2, "the gate's own group, and one with everything that waited behind it");
        _store.Titles().Should().HaveCount(200);
    }

    [Fact]
    public async Task A_unit_that_breaks_a_constraint_undoes_nothing_of_its_neighbours()
    {
        using var gate = await Gate.Close(_store.Writer);
        var first = _store.Store1("first", code: "DVO-SAME");
        var second = _store.Store1("second", code: "DVO-SAME");
        var third = _store.Store1("third");
        gate.Open();

        (await first).Should().Be(1);
        await second.Invoking(task => task).Should().ThrowAsync<DbUpdateException>();
        (await third).Should().Be(2);
        _store.Titles().Should().BeEquivalentTo("first", "third");
    }

    [Fact]
    [Trait("catalogue", "RT-29")]
    public async Task When_the_commit_fails_every_unit_of_the_group_fails_and_nothing_is_stored()
    {
        using var gate = await Gate.Close(_store.Writer);
        var units = Enumerable.Range(0, 3).Select(at => _store.Store1($"report {at}")).ToList();
        _commits.BeforeCommit = () => throw new IOException("disk full");
        gate.Open();

        foreach (var unit in units)
            await unit.Invoking(task => task).Should().ThrowAsync<WriteFailed>();
        _commits.BeforeCommit = () => { };
        _store.Titles().Should().BeEmpty();
        (await _store.Store1("afterwards")).Should().Be(1, "the numbers of the lost group are taken again");
    }

    [Fact]
    [Trait("catalogue", "RT-29")]
    public async Task A_task_ends_only_after_the_commit_and_then_another_connection_sees_the_report()
    {
        using var held = new ManualResetEventSlim();
        var committing = new TaskCompletionSource();
        _commits.BeforeCommit = () =>
        {
            committing.TrySetResult();
            held.Wait(TimeSpan.FromMinutes(1));
        };

        var unit = _store.Store1("report");
        await committing.Task;
        unit.IsCompleted.Should().BeFalse();
        _store.Titles().Should().BeEmpty();
        held.Set();

        await unit;
        _store.Titles().Should().Equal("report");
    }

    [Fact]
    public async Task A_full_queue_answers_busy_and_goes_on_when_it_has_room()
    {
        using var gate = await Gate.Close(_store.Writer);
        var waiting = Enumerable.Range(0, Writer.QueueLimit).Select(at => _store.Writer.Run(_ => at)).ToList();

        await _store.Awaiting(store => store.Store1("one too many")).Should().ThrowAsync<WriterBusy>();
        gate.Open();

        (await Task.WhenAll(waiting)).Should().Equal(Enumerable.Range(0, Writer.QueueLimit));
        (await _store.Store1("afterwards")).Should().Be(1);
        _store.Titles().Should().Equal("afterwards");
    }

    [Fact]
    public async Task A_stop_writes_what_is_queued_and_takes_nothing_more()
    {
        using var gate = await Gate.Close(_store.Writer);
        var queued = Enumerable.Range(0, 20).Select(at => _store.Store1($"report {at}")).ToList();

        var stop = _store.Writer.StopAsync(CancellationToken.None);
        await _store.Awaiting(store => store.Store1("too late")).Should().ThrowAsync<WriterBusy>();
        stop.IsCompleted.Should().BeFalse("twenty units still wait");
        gate.Open();
        await stop;

        (await Task.WhenAll(queued)).Should().Equal(Enumerable.Range(1, 20).Select(number => (long)number));
        _store.Titles().Should().HaveCount(20);
        _store.Writer.IsRunning.Should().BeFalse();
    }

    [Fact]
    public async Task A_disposal_without_a_finished_stop_writes_what_is_queued_and_a_later_stop_is_no_error()
    {
        using var gate = await Gate.Close(_store.Writer);
        var queued = Enumerable.Range(0, 5).Select(at => _store.Store1($"report {at}")).ToList();

        var disposal = Task.Run(_store.Writer.Dispose);
        await Eventually.Holds(() => !_store.Writer.IsRunning, "the writer takes nothing more");
        gate.Open();
        await disposal;

        (await Task.WhenAll(queued)).Should().HaveCount(5);
        await _store.Writer.StopAsync(CancellationToken.None);
        await _store.Awaiting(store => store.Store1("too late")).Should().ThrowAsync<WriterBusy>();
        _store.Titles().Should().HaveCount(5);
    }

    public void Dispose() => _store.Dispose();

    /// <summary>Every fifth unit fails after it took a number; the error's message or null for each.</summary>
    private async Task<(int At, string? Error)[]> StoreInParallel(int count)
        => await Task.WhenAll(Enumerable.Range(0, count).Select(at => Task.Run(async () =>
        {
            try
            {
                await _store.Writer.Run(unit =>
                {
                    var number = unit.Arrive(Store.NewReport(unit, $"report {at}", Logs[at % Logs.Length]));
                    return at % 5 == 0 ? throw new InvalidOperationException($"unit {at}") : number;
                });
                return (at, null);
            }
            catch (InvalidOperationException e)
            {
                return (at, (string?)e.Message);
            }
        })));
}
