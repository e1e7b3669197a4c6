namespace AlertDavao.Dashboard.Audit;

/// <summary>Which entries of the audit are asked for; what is null asks for all.</summary>
/// <param name="Act">One of <see cref="Data.AuditActs"/>.</param>
/// <param name="Who">A part of the officer's name or e-mail; 100 characters at most.</param>
/// <param name="Before">Entries older than this one.</param>
internal sealed record AuditFilter(string? Act, string? Who, long? Before)
{
    public const int MaxWho = 100;
}
