using AlertDavao.Domain.Reports;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Reports;

public sealed partial class ReportFacts
{
    private string _types = "";

    /// <summary>The reporter's details were opened, or tried to be.</summary>
    [Parameter, EditorRequired]
    public EventCallback CallBackOpened { get; set; }

    [CascadingParameter]
    private ReportView View { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private Report Report => View.Report;

    protected override void OnParametersSet() => _types = string.Join(", ", Report.CrimeTypes);

    private string At(DateTimeOffset at) => ReportWords.At(at, Clock.GetUtcNow());

    private string NameOf(Guid officer) => View.Names.GetValueOrDefault(officer, ReportTexts.SomeOfficer);
}
