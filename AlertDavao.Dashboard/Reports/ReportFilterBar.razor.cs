using System.Globalization;
using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using AlertDavao.Domain.Stations;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Reports;

public sealed partial class ReportFilterBar
{
    private static readonly IReadOnlyList<Severity> MostUrgentFirst = [.. Enum.GetValues<Severity>().OrderDescending()];

    /// <summary>The reader's: one chooses among what one sees.</summary>
    [Parameter, EditorRequired]
    public BoardScope Scope { get; set; } = null!;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private CityBook City { get; set; } = null!;

    private ReportFilter Filter { get; set; } = ReportFilter.None;

    private bool HasMore => Filter.Type is not null || Filter.Barangay is not null || Filter.Period.HasDays;

    private IEnumerable<(string Code, string Name)> Stations => Scope.Logs.Select(log => (log,
        City.Stations.TryGetValue(log, out var station) ? $"{log} {station.ShortName}" : ReportListTexts.CityDesk));

    /// <summary>Of the stations in scope; of the whole city for those who get reports from all over it.</summary>
    private IEnumerable<(string Psgc, string Name)> Barangays => City.Barangays.Values
        .Where(barangay => Scope.Sees(LogCode.Cyber) || Scope.Sees(LogCode.City) || Scope.Sees(barangay.StationCode))
        .OrderBy(barangay => barangay.Name, StringComparer.CurrentCulture)
        .Select(barangay => (barangay.Psgc, barangay.Name));

    protected override void OnParametersSet() => Filter = ReportFilterForm.Read(Http.Request.Query, Scope, City).Filter;

    /// <summary>What a field of the address is called on the page.</summary>
    public static string LabelOf(string name) => name switch
    {
        ReportFilterForm.Status => ReportListTexts.Status,
        ReportFilterForm.Severity => ReportListTexts.Severity,
        ReportFilterForm.Type => ReportListTexts.Type,
        ReportFilterForm.Barangay => ReportListTexts.Barangay,
        ReportFilterForm.Station => ReportListTexts.Station,
        ReportFilterForm.Period => ReportListTexts.Received,
        ReportFilterForm.From => ReportListTexts.From,
        ReportFilterForm.To => ReportListTexts.To,
        ReportFilterForm.Text => ReportListTexts.Text,
        _ => ReportListTexts.Pages,
    };

    private static string WordsOf(string preset) => preset switch
    {
        ReportPeriod.Today => ReportListTexts.Today,
        ReportPeriod.Week => ReportListTexts.Week,
        _ => ReportListTexts.Month,
    };

    private static string Chosen(IEnumerable<string> words) => words.ToList() switch
    {
        [] => ReportListTexts.Any,
        [var one] => one,
        [var first, .. var others] => string.Format(CultureInfo.CurrentCulture, ReportListTexts.Several, first, others.Count),
    };
}
