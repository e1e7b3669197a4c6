using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Reports;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Intake;

/// <summary>What a client may know of a report it sent: how it stands now. Of others' reports not even that they exist.</summary>
internal sealed class ReadOwnReport(IDbContextFactory<AlertDavaoDb> contexts, CityBook city)
{
    /// <param name="named">The report's id or its tracking code.</param>
    /// <returns>The body of the answer; null when this client sent no such report.</returns>
    public async Task<byte[]?> Run(IntakeClient client, string named)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var own = db.Reports.AsNoTracking().Include(report => report.Evidence).Where(report => report.IntakeClientId == client.Id);
        var code = named.ToUpperInvariant();
        var found = Guid.TryParse(named, out var id)
            ? await own.SingleOrDefaultAsync(report => report.Id == id)
            : await own.SingleOrDefaultAsync(report => report.TrackingCode == code);
        return found is null ? null : IntakeAnswer.Of(found, city, IntakeTexts.Found);
    }
}
