using AlertDavao.Dashboard.Shell;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Reports;

public sealed partial class EvidenceCard
{
    [CascadingParameter]
    private ReportView View { get; set; } = null!;

    /// <summary>Files that came with the report itself.</summary>
    private int Sent => View.Evidence.Count(file => file.File.NoteVersion is null);

    private string Address(EvidenceFile file) => $"{ShellRoutes.Reports}/{View.Report.Id}/evidence/{file.File.Id}";

    private static string Called(EvidenceFile file)
        => ReportWords.Format(file.File.IsVideo ? ReportTexts.Video : ReportTexts.Photo, file.File.Position + 1);
}
