using System.Globalization;
using AlertDavao.Dashboard.Data;
using AlertDavao.Dashboard.Mail;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>Puts a link into a mail to the officer, if there is mail.</summary>
internal sealed class DeliverLink(MailQueue mails)
{
    /// <returns>False when no mail can take it (none is set up, or too many wait).</returns>
    public bool Run(AccountLinkKind kind, string email, string name, string link)
    {
        var (subject, text) = kind == AccountLinkKind.Invitation
            ? (AccountTexts.InvitationSubject, AccountTexts.InvitationMail)
            : (AccountTexts.ResetSubject, AccountTexts.ResetMail);
        return mails.TryAdd(new OutgoingMail(email, subject, string.Format(CultureInfo.InvariantCulture, text, name, link)));
    }
}
