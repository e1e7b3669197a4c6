using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Roster;
using AlertDavao.Domain.Officers;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Tests.Live;

/// <summary>What a change of duty or role voids is void with its commit, however long whoever asked for it takes to go on.</summary>
public sealed class VoidScopeTests
{
    [Fact]
    [Trait("catalogue", "O7")]
    public Task The_scope_of_an_officer_who_was_moved_is_void_with_the_commit()
        => IsVoidWithTheCommit((house, desk, officer) =>
            new MoveOfficer(new DutyChange(house.Writer, house.Scopes, house.Bus)).Run(desk, DutyOf(house, officer), "PS2"));

    [Fact]
    [Trait("catalogue", "O7")]
    public Task The_scope_of_an_officer_who_has_another_role_is_void_with_the_commit()
        => IsVoidWithTheCommit((house, desk, officer) =>
            new ChangeRole(
                    new AdministeredAccounts(house.Get<IDbContextFactory<AlertDavaoDb>>(), house.Scopes, house.Time),
                    house.Writer, house.Scopes, house.Bus, house.Get<EndSessions>())
                .Run(desk, officer, "PS1", DutyRole.StationAdmin));

    private static async Task IsVoidWithTheCommit(Func<House, Guid, Guid, Task> change)
    {
        await using var house = await House.Open();
        var (desk, officer) = (await house.Officer("CITY"), await house.Officer("PS1"));
        var scope = house.Scopes.Of(officer);
        house.Scopes.IsLive(scope).Should().BeTrue();
        var held = new HeldContext();

        var changing = held.Begin(() => change(house, desk, officer));
        // The change was committed before this is.
        await house.Writer.Run(_ => true);

        changing.IsCompleted.Should().BeFalse("whoever asked has not gone on yet");
        house.Scopes.IsLive(scope).Should().BeFalse();
        held.LetGo();
        await changing;
    }

    private static Guid DutyOf(House house, Guid officer)
    {
        using var db = house.Db();
        return db.Duties.Single(duty => duty.OfficerId == officer).Id;
    }

    /// <summary>What waits for something goes on when it is let go, and not before.</summary>
    private sealed class HeldContext : SynchronizationContext
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Post(SendOrPostCallback d, object? state)
            => _ = _open.Task.ContinueWith(_ => d(state), TaskScheduler.Default);

        public void LetGo() => _open.SetResult();

        public Task Begin(Func<Task> act)
        {
            var before = Current;
            SetSynchronizationContext(this);
            try
            {
                return act();
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }
    }
}
