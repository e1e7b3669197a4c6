using AlertDavao.Dashboard.Data;

namespace AlertDavao.Dashboard.Audit;

/// <summary>The audit's acts in words.</summary>
internal static class AuditWords
{
    /// <summary>Every act there is, with its words, in the order of the words.</summary>
    public static IReadOnlyList<(string Act, string Words)> All { get; } = [.. typeof(AuditActs).GetFields()
        .Select(field => (Act: (string)field.GetRawConstantValue()!, Words: AuditTexts.ResourceManager.GetString(field.Name, AuditTexts.Culture) ?? field.Name))
        .OrderBy(act => act.Words, StringComparer.CurrentCulture)];

    /// <summary>An act of another version of the program is shown as it is stored.</summary>
    public static string Of(string act) => All.FirstOrDefault(known => known.Act == act).Words ?? act;
}
