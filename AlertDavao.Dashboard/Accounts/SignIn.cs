using Microsoft.AspNetCore.Identity;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>Signs an officer in with e-mail and password. Says only yes or no: why not is nobody's business but the officer's.</summary>
internal sealed class SignIn(SignInManager<Account> manager)
{
    public async Task<bool> Run(string email, string password)
    {
        // The user name is the e-mail.
        var result = await manager.PasswordSignInAsync(email, password, isPersistent: false, lockoutOnFailure: true);
        return result.Succeeded;
    }
}
