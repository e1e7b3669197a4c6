using System.Reflection;
using AlertDavao.Domain.Log;

namespace AlertDavao.Tests.Domain.Log;

public sealed class StationEntryTests
{
    private static readonly DateTimeOffset Noon = new(2024, 6, 7, 4, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(EntryKind.Arrived)]
    [InlineData(EntryKind.Changed)]
    [InlineData(EntryKind.Left)]
    public void An_entry_says_which_report_did_what_where_and_when(EntryKind kind)
    {
        var report = Guid.NewGuid();

        new StationEntry("PS3", long.MaxValue, report, 4, kind, Noon).Should().BeEquivalentTo(
            new { Log = "PS3", Number = long.MaxValue, ReportId = report, Version = 4, Kind = kind, At = Noon });
    }

    [Fact]
    public void An_entry_carries_no_content_of_its_report()
        => typeof(StationEntry).GetProperties().Select(property => property.Name)
            .Should().BeEquivalentTo("Log", "Number", "ReportId", "Version", "Kind", "At");

    [Fact]
    public void An_entry_cannot_be_changed_from_outside()
        => typeof(StationEntry).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Should().OnlyContain(property => property.SetMethod == null || !property.SetMethod.IsPublic);
}
