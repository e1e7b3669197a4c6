using AlertDavao.Dashboard.Data;
using Microsoft.AspNetCore.Identity;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// Refuses passwords of stolen lists and those that are easy to guess, also from the officer's name. It is asked where a
/// password is set, which is past a password or a link: no stranger makes it work.
/// </summary>
internal sealed class GuessablePasswords(AlertDavaoDb db) : IPasswordValidator<Account>
{
    // Judging takes at most 0.16 s for a hundred characters, whatever they are; what follows makes nothing easier to guess.
    private const int Judged = 100;

    /// <summary>Of 0 to 4: the first grade that withstands guessing against a stolen hash of it for months.</summary>
    private const int Enough = 3;

    public async Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        var officer = await db.Officers.FindAsync(user.Id);
        return IsGuessable(password ?? "", WordsOf(user.Email, officer?.Name))
            ? IdentityResult.Failed(new IdentityError { Code = nameof(GuessablePasswords), Description = AccountTexts.PasswordGuessable })
            : IdentityResult.Success;
    }

    /// <param name="own">What anybody knows who knows the officer.</param>
    public static bool IsGuessable(string password, IEnumerable<string> own)
    {
        var judged = Once(password.Length > Judged ? password[..Judged] : password);
        return judged.Length == 0 || Zxcvbn.Zxcvbn.MatchPassword(judged, own).Score < Enough;
    }

    private static HashSet<string> WordsOf(string? email, string? name)
    {
        HashSet<string> words = ["alertdavao"];
        foreach (var text in new[] { email, email?.Split('@')[0], name })
        {
            if (text?.ToLowerInvariant() is not { Length: > 0 } lower)
                continue;
            words.Add(lower);
            words.UnionWith(lower.Split([' ', '.', '@', '-', '_', '+']).Where(word => word.Length > 2));
        }

        return words;
    }

    // Said again it is no harder to guess; the estimate would count it as more.
    private static string Once(string text)
    {
        for (var length = 1; length <= text.Length / 2; length++)
        {
            if (text.AsSpan(length).SequenceEqual(text.AsSpan(0, text.Length - length)))
                return text[..length];
        }

        return text;
    }
}
