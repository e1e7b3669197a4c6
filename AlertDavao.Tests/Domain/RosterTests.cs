using AlertDavao.Domain.Officers;
using Posting = AlertDavao.Domain.Officers.Duty;
using Rules = AlertDavao.Domain.Officers.Roster;

namespace AlertDavao.Tests.Domain;

/// <summary>What holds between the duties of officers and stations.</summary>
public sealed class RosterTests
{
    private static readonly DateTimeOffset Eight = new(2026, 1, 31, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 8, 8, 16, false)]
    [InlineData(0, 8, 7, 16, true)]
    [InlineData(0, null, 20, null, true)]
    [InlineData(8, null, 0, 8, false)]
    [InlineData(8, null, 0, null, true)]
    public void Two_duties_overlap_when_both_are_in_force_at_some_moment(int from, int? until, int otherFrom, int? otherUntil, bool overlap)
    {
        var duty = new Posting(Guid.NewGuid(), Guid.NewGuid(), "PS1", DutyRole.Officer, At(from)!.Value, At(until));

        Rules.Overlaps(duty, "PS1", At(otherFrom)!.Value, At(otherUntil)).Should().Be(overlap);
        Rules.Overlaps(duty, "PS2", At(otherFrom)!.Value, At(otherUntil)).Should().BeFalse();
    }

    [Fact]
    public void A_station_keeps_an_admin_while_another_one_is_in_force()
    {
        var (admin, officer) = (Of(DutyRole.StationAdmin, 0, null), Of(DutyRole.Officer, 0, null));
        var (over, later) = (Of(DutyRole.StationAdmin, 0, 2), Of(DutyRole.StationAdmin, 9, null));

        Rules.KeepsAnAdmin(officer, [officer, admin], At(4)!.Value).Should().BeTrue();
        Rules.KeepsAnAdmin(admin, [officer, admin, over, later], At(4)!.Value).Should().BeFalse();
        Rules.KeepsAnAdmin(admin, [admin, over], At(1)!.Value).Should().BeTrue();
        Rules.KeepsAnAdmin(admin, [admin, later], At(9)!.Value).Should().BeTrue();
    }

    private static Posting Of(DutyRole role, int from, int? until) => new(Guid.NewGuid(), Guid.NewGuid(), "PS1", role, At(from)!.Value, At(until));

    private static DateTimeOffset? At(int? hours) => hours is { } after ? Eight.AddHours(after) : null;
}
