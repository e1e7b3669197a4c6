using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Reports;

/// <summary>The views that an officer keeps.</summary>
internal sealed class ReadViews(IDbContextFactory<AlertDavaoDb> contexts)
{
    /// <returns>By name.</returns>
    public IReadOnlyList<SavedView> Run(Guid officer)
    {
        using var db = contexts.CreateDbContext();
        return [.. db.SavedViews.AsNoTracking().Where(view => view.OfficerId == officer).AsEnumerable().OrderBy(view => view.Name, StringComparer.CurrentCultureIgnoreCase)];
    }
}
