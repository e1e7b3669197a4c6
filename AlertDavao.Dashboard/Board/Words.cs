using AlertDavao.Domain.Reports;

namespace AlertDavao.Dashboard.Board;

/// <summary>The words and the class names of severities and statuses.</summary>
internal static class Words
{
    public static string Of(Severity severity) => severity switch
    {
        Severity.Critical => BoardTexts.Critical,
        Severity.High => BoardTexts.High,
        Severity.Medium => BoardTexts.Medium,
        _ => BoardTexts.Low,
    };

    public static string Of(ReportStatus status) => status switch
    {
        ReportStatus.Received => BoardTexts.Received,
        ReportStatus.Acknowledged => BoardTexts.Acknowledged,
        ReportStatus.Responding => BoardTexts.Responding,
        ReportStatus.Investigating => BoardTexts.Investigating,
        ReportStatus.Resolved => BoardTexts.Resolved,
        ReportStatus.Invalid => BoardTexts.Invalid,
        _ => BoardTexts.Duplicate,
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
