using System.Globalization;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Duty;
using AlertDavao.Dashboard.Shell;
using AlertDavao.Domain.Geography;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Reports;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Extensions;

namespace AlertDavao.Dashboard.Reports;

public sealed partial class ReportsPage
{
    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [Inject]
    private SearchReports Search { get; set; } = null!;

    [Inject]
    private ScopeDirectory Scopes { get; set; } = null!;

    [Inject]
    private CityBook City { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private BoardScope Scope { get; set; } = null!;

    private ReportFilterForm Form { get; set; } = null!;

    /// <summary>Null when the search was given up.</summary>
    private FoundReports? Found { get; set; }

    private string Heading => Scope.Logs is [var only]
        ? string.Format(CultureInfo.CurrentCulture, ReportListTexts.Of, only)
        : ReportListTexts.Title;

    private string LeftOut => string.Join(", ", Form.Refused.Select(ReportFilterBar.LabelOf).Distinct());

    private string FirstPage => ShellRoutes.Reports + QueryOf(Form.Filter.ToAddress());

    private string ExportAddress => ReportListFeature.Export + QueryOf(Form.Filter.ToAddress());

    private string NewsAddress
        => ReportListFeature.News + QueryOf(Form.Filter.ToAddress().Append(new(ReportListFeature.Since, Found?.Drawn ?? "")));

    private string Count => Found switch
    {
        { IsMore: true } found => Format(ReportListTexts.CountMore, found.Count),
        { Count: 0 } => ReportListTexts.CountNone,
        { Count: 1 } => ReportListTexts.CountOne,
        var found => Format(ReportListTexts.CountMany, found!.Count),
    };

    protected override void OnInitialized()
    {
        // Names and places stand in it: no copy is kept behind.
        Http.Response.Headers.CacheControl = "no-store";
        Scope = Scopes.Of(AccountClaims.OfficerOf(Http.User) ?? Guid.Empty);
        Form = ReportFilterForm.Read(Http.Request.Query, Scope, City);
        try
        {
            Found = Search.Run(Form.Filter, Form.Position, Scope);
        }
        catch (ReadingTookTooLong)
        {
            Found = null;
        }
    }

    private string Address(string side, Guid? report)
        => ShellRoutes.Reports + QueryOf(Form.Filter.ToAddress().Append(new(side, report.ToString())));

    private static string QueryOf(IEnumerable<KeyValuePair<string, string?>> fields) => new QueryBuilder(fields!).ToString();

    private static string CssOf(FoundReport row)
    {
        var state = row.Status == ReportStatus.Received ? " unack" : row.Status.IsOpen() ? "" : " closed";
        return $"row sev-{Words.Css(row.Severity)}{state}";
    }

    private string StationOf(FoundReport row) => Scope.Logs.Length > 1 ? $"{row.Log} · " : "";

    // Free text of an app is often all small; the listed names begin with a capital.
    private static string TypesOf(FoundReport row) => string.Join(", ", row.CrimeTypes.Select(type
        => type.Length > 0 && char.IsLower(type[0]) ? char.ToUpper(type[0], CultureInfo.CurrentCulture) + type[1..] : type));

    private static string FilesOf(FoundReport row) => row.EvidenceCount switch
    {
        0 => "",
        1 => $" · {ReportListTexts.OneFile}",
        var files => $" · {Format(ReportListTexts.Files, files)}",
    };

    private string Time(DateTimeOffset at)
    {
        var now = Clock.GetUtcNow();
        var there = ManilaTime.Of(at);
        var isToday = ManilaTime.StartOfDay(at) == ManilaTime.StartOfDay(now);
        return there.ToString(isToday ? "HH:mm:ss" : there.Year == ManilaTime.Of(now).Year ? "d MMM, HH:mm" : "d MMM yyyy, HH:mm", CultureInfo.CurrentCulture);
    }

    private static string Format(string text, object value) => string.Format(CultureInfo.CurrentCulture, text, value);
}
