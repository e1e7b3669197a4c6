using AlertDavao.Dashboard.Shell;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Reports;

public sealed partial class EvidenceCard
{
    [CascadingParameter]
    private ReportView View { get; set; } = null!;

    private string Address(EvidenceFile file) => $"{ShellRoutes.Reports}/{View.Report.Id}/evidence/{file.File.Id}";

    private static string Called(EvidenceFile file)
        => ReportWords.Format(file.File.IsVideo ? ReportTexts.Video : ReportTexts.Photo, file.File.Position + 1);
}
