using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Stations;
using Microsoft.EntityFrameworkCore;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>What an officer serves as now, in words.</summary>
internal sealed class ReadDuties(IDbContextFactory<AlertDavaoDb> contexts, CityBook city, TimeProvider time)
{
    /// <returns>A line a duty in force, in station order; none for an officer without duty.</returns>
    public IReadOnlyList<string> Run(Guid officer)
    {
        using var db = contexts.CreateDbContext();
        var now = time.GetUtcNow();
        return [.. db.Duties.AsNoTracking()
            .Where(duty => duty.OfficerId == officer)
            .AsEnumerable()
            .Where(duty => duty.IsInForce(now))
            .OrderBy(duty => duty.Log, LogCode.Order)
            .Select(duty => DutyWords.Of(duty, city))];
    }
}
