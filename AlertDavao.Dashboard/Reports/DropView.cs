using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Reports;

/// <summary>An officer keeps a view no longer. Of another officer's nothing happens.</summary>
internal sealed class DropView(Writer writer)
{
    /// <returns>Whether the officer had it.</returns>
    /// <exception cref="WriterBusy">Nothing was changed.</exception>
    /// <exception cref="WriteFailed">Nothing was changed.</exception>
    public async Task<bool> Run(Guid officer, Guid view)
        => await writer.Run(unit => unit.Db.SavedViews.Where(v => v.Id == view && v.OfficerId == officer).ExecuteDelete()) > 0;
}
