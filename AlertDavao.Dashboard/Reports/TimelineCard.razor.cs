using AlertDavao.Dashboard.Shell;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Reports;

public sealed partial class TimelineCard
{
    [CascadingParameter]
    private ReportView View { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private string Who(TimelineLine line) => line switch
    {
        { Officer: { } officer } => ReportWords.Format(ReportTexts.By, View.Names.GetValueOrDefault(officer, ReportTexts.SomeOfficer)),
        { Sight: not null } => "",
        { Event.Note: not null } => ReportTexts.NotedByIntake,
        _ => ReportTexts.ByIntake,
    };

    private static string Glyph(TimelineLine line) => line.Event?.To is { } to ? $"g g-{Words.Css(to)}" : "dot";
}
