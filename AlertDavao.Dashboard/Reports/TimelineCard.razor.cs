using AlertDavao.Dashboard.Shell;
using AlertDavao.Domain.Reports;
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
        { Officer: { } officer } => ReportWords.Format(ReportTexts.By, NameOf(officer)),
        { Sight: not null } or { Event.Kind: ReportEventKind.Escalated or ReportEventKind.ClaimLapsed or ReportEventKind.HolderReturned } => "",
        { Event.Note: not null } => ReportTexts.NotedByIntake,
        _ => ReportTexts.ByIntake,
    };

    private int FilesOf(TimelineLine line)
        => line.Event is { Kind: ReportEventKind.Remarked, Version: var version } ? View.Evidence.Count(file => file.File.NoteVersion == version) : 0;

    private string NameOf(Guid officer) => View.Names.GetValueOrDefault(officer, ReportTexts.SomeOfficer);

    private static string Glyph(TimelineLine line) => line.Event?.To is { } to ? $"g g-{Words.Css(to)}" : "dot";
}
