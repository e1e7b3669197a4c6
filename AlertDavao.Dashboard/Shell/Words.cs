using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Shell;

/// <summary>The words and the class names of severities and statuses.</summary>
internal static class Words
{
    public static string Of(Severity severity) => severity switch
    {
        Severity.Critical => ShellTexts.Critical,
        Severity.High => ShellTexts.High,
        Severity.Medium => ShellTexts.Medium,
        _ => ShellTexts.Low,
    };

    public static string Of(ReportStatus status) => status switch
    {
        ReportStatus.Received => ShellTexts.Received,
        ReportStatus.Acknowledged => ShellTexts.Acknowledged,
        ReportStatus.Responding => ShellTexts.Responding,
        ReportStatus.Investigating => ShellTexts.Investigating,
        ReportStatus.Resolved => ShellTexts.Resolved,
        ReportStatus.Invalid => ShellTexts.Invalid,
        _ => ShellTexts.Duplicate,
    };

    public static string Css(Severity severity) => severity switch
    {
        Severity.Critical => "critical",
        Severity.High => "high",
        Severity.Medium => "medium",
        _ => "low",
    };

    public static string Css(ReportStatus status) => status switch
    {
        ReportStatus.Received => "received",
        ReportStatus.Acknowledged => "acknowledged",
        ReportStatus.Responding => "responding",
        ReportStatus.Investigating => "investigating",
        ReportStatus.Resolved => "resolved",
        ReportStatus.Invalid => "invalid",
        _ => "duplicate",
    };
}
