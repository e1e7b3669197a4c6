using System.Globalization;
using AlertDavao.Dashboard.Accounts;
using AlertDavao.Dashboard.Shell;
using AlertDavao.Domain.Geography;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace AlertDavao.Dashboard.Audit;

public sealed partial class AuditPage
{
    private AuditFilter _filter = new(null, null, null);
    private AuditPageOf? _page;
    private AuditVerdict? _verdict;

    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery]
    private string? Act { get; set; }

    [SupplyParameterFromQuery]
    private string? Who { get; set; }

    [SupplyParameterFromQuery]
    private string? Before { get; set; }

    [SupplyParameterFromQuery]
    private string? Verify { get; set; }

    [Inject]
    private ReadAudit Read { get; set; } = null!;

    [Inject]
    private VerifyAudit Chain { get; set; } = null!;

    private string Older => QueryHelpers.AddQueryString(ShellRoutes.Audit, new Dictionary<string, string?>
    {
        ["act"] = _filter.Act,
        ["who"] = _filter.Who,
        ["before"] = _page!.Lines[^1].Id.ToString(CultureInfo.InvariantCulture),
    });

    protected override void OnInitialized()
    {
        if (AccountClaims.OfficerOf(Http.User) is not { } officer)
            return;

        // What cannot be asked for is not asked for: an address that somebody made up shows the whole list.
        _filter = new AuditFilter(
            AuditWords.All.Any(known => known.Act == Act) ? Act : null,
            Who?.Trim() is { Length: > 0 and <= AuditFilter.MaxWho } who ? who : null,
            long.TryParse(Before, NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? before : null);
        _page = Read.Run(officer, _filter);
        if (_page is not null && Verify == "true")
            _verdict = Chain.Run();
    }

    private static string At(DateTimeOffset at) => ManilaTime.Of(at).ToString("d MMM yyyy, HH:mm:ss", CultureInfo.CurrentCulture);

    private static string InWords(AuditVerdict verdict) => verdict.Holds
        ? string.Format(CultureInfo.CurrentCulture, AuditTexts.Holds, verdict.Count, Convert.ToHexStringLower(verdict.Head))
        : string.Format(CultureInfo.CurrentCulture, AuditTexts.Broken, verdict.BrokenAt);
}
