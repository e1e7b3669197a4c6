using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Reports;
using Microsoft.AspNetCore.Http.Extensions;

namespace AlertDavao.Dashboard.Reports;

/// <summary>Keeps a filter of the list under a name, for the officer alone. A name that the officer has already gets the new filter.</summary>
internal sealed class SaveView(Writer writer)
{
    /// <returns>Why it was not kept, in words; null when it was.</returns>
    /// <exception cref="WriterBusy">Nothing was kept.</exception>
    /// <exception cref="WriteFailed">Nothing was kept.</exception>
    public async Task<string?> Run(Guid officer, string typed, ReportFilter filter)
    {
        if (filter.IsEmpty)
            return ReportListTexts.ViewEmpty;
        if (!PlainText.TryNormaliseLine(typed, out var name) || name.Length is 0 or > SavedView.MaxName)
            return ReportListTexts.ViewNameInvalid;
        var query = new QueryBuilder(filter.ToAddress()!).ToString();
        if (query.Length > SavedView.MaxQuery)
            return ReportListTexts.ViewTooLong;

        var isKept = await writer.Run(unit =>
        {
            var kept = unit.Db.SavedViews.Where(view => view.OfficerId == officer).ToList();
            if (kept.Find(view => view.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } known)
            {
                known.Query = query;
                return true;
            }

            if (kept.Count >= SavedView.Most)
                return false;
            unit.Db.SavedViews.Add(new SavedView { Id = Guid.CreateVersion7(unit.Now), OfficerId = officer, Name = name, Query = query, CreatedAt = unit.Now });
            return true;
        });
        return isKept ? null : ReportListTexts.ViewsTooMany;
    }
}
