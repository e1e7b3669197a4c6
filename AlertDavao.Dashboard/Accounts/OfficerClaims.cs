using System.Security.Claims;
using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>Adds the officer's name to the cookie, for the pages to show. What an officer may see is never in it.</summary>
internal sealed class OfficerClaims(
    UserManager<Account> users, IOptions<IdentityOptions> options, IDbContextFactory<AlertDavaoDb> contexts)
    : UserClaimsPrincipalFactory<Account>(users, options)
{
    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Account user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        await using var db = await contexts.CreateDbContextAsync();
        if (await db.Officers.AsNoTracking().SingleOrDefaultAsync(officer => officer.Id == user.Id) is { } officer)
            identity.AddClaim(new Claim(AccountClaims.Name, officer.Name));
        return identity;
    }
}
