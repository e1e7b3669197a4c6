using AlertDavao.Dashboard.Data;
using AlertDavao.Domain.Officers;
using AlertDavao.Domain.Stations;
using Microsoft.AspNetCore.Identity;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>Creates a city-desk account: the first one of an installation, from its command line.</summary>
internal sealed class CreateCityDesk(UserManager<Account> users, AlertDavaoDb db, TimeProvider time)
{
    /// <returns>Why it was refused, in words; nothing when the account was made.</returns>
    public async Task<IReadOnlyList<string>> Run(string email, string name, string password)
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var account = new Account { Id = Guid.CreateVersion7(), UserName = email, Email = email, EmailConfirmed = true };
        // Known before the password is judged: it must not be made of the name. What is refused is rolled back.
        db.Officers.Add(new Officer(account.Id, name));
        var made = await users.CreateAsync(account, password);
        if (!made.Succeeded)
            return [.. made.Errors.Select(error => error.Description)];

        db.Duties.Add(new Domain.Officers.Duty(
            Guid.CreateVersion7(), account.Id, LogCode.City, DutyRole.CityDesk, time.GetUtcNow(), null));
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return [];
    }
}
