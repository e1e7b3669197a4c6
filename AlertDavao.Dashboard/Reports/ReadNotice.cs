using AlertDavao.Dashboard.Data;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Reports;

/// <summary>An officer has read what they were told. Of another officer's notice nothing happens.</summary>
internal sealed class ReadNotice(Writer writer, OfficerNotices notices)
{
    /// <exception cref="WriterBusy">Nothing was changed.</exception>
    /// <exception cref="WriteFailed">Nothing was changed.</exception>
    public async Task Run(Guid officer, long notice)
    {
        var read = await writer.Run(unit => unit.Db.Notices
            .Where(n => n.Id == notice && n.OfficerId == officer && n.ReadAt == null)
            .ExecuteUpdate(set => set.SetProperty(n => n.ReadAt, unit.Now)));
        if (read > 0)
            notices.Told(officer);
    }
}
