using AlertDavao.Dashboard.Shell;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Reports;

public sealed partial class TimelineCard
{
    [CascadingParameter]
    private ReportView View { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private string Who(TimelineLine line) => line.Officer is { } officer
        ? ReportWords.Format(ReportTexts.By, View.Names.GetValueOrDefault(officer, ReportTexts.SomeOfficer))
        : line.Event?.Note is null ? ReportTexts.ByIntake : ReportTexts.NotedByIntake;

    private static string Glyph(TimelineLine line) => line.Event?.To is { } to ? $"g g-{Words.Css(to)}" : "dot";
}
