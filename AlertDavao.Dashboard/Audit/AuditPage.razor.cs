using System.Globalization;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Shell;
using AlertDavao.Domain.Geography;
using Microsoft.AspNetCore.Components;

namespace AlertDavao.Dashboard.Audit;

public sealed partial class AuditPage
{
    private AuditFilter _filter = AuditFilter.None;
    private AuditPageOf? _page;
    private AuditVerdict? _verdict;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? Verify { get; set; }

    [Inject]
    private ReadAudit Read { get; set; } = null!;

    [Inject]
    private VerifyAudit Chain { get; set; } = null!;

    [Inject]
    private AuditLimits Limits { get; set; } = null!;

    private string Older => (_filter with { Before = _page!.Lines[^1].Id }).At(ShellRoutes.Audit);

    private string ExportAddress => (_filter with { Before = null }).At(AuditFeature.Export);

    protected override void OnInitialized()
    {
        if (AccountClaims.OfficerOf(Http.User) is not { } officer)
            return;

        _filter = AuditFilter.Of(Http.Request.Query);
        _page = Read.Run(officer, _filter);
        if (_page is not null && Verify == "true")
            _verdict = Chain.Run();
    }

    private static string At(DateTimeOffset at) => ManilaTime.Of(at).ToString("d MMM yyyy, HH:mm:ss", CultureInfo.CurrentCulture);

    private static string InWords(AuditVerdict verdict) => verdict.Holds
        ? string.Format(CultureInfo.CurrentCulture, AuditTexts.Holds, verdict.Count, Convert.ToHexStringLower(verdict.Head))
        : string.Format(CultureInfo.CurrentCulture, AuditTexts.Broken, verdict.BrokenAt);
}
