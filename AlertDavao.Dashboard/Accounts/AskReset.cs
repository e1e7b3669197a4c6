using AlertDavao.Dashboard.Mail;

namespace AlertDavao.Dashboard.Accounts;

/// <summary>
/// Somebody says that they cannot sign in. What they typed is put aside and looked at off the request: the answer is the same
/// and as fast whether there is such an account or not.
/// </summary>
internal sealed class AskReset(LinkAddress address, ResetRequests requests, MailOptions mail, IHostEnvironment environment)
{
    private const int MaxEmail = 256;

    /// <summary>Whether there is a way to send it; else the city desk is to be asked.</summary>
    public bool IsOpen => mail.IsOn || environment.IsDevelopment();

    public void Run(HttpContext http, string? email)
    {
        if (IsOpen && email?.Trim() is { Length: > 0 and <= MaxEmail } asked)
            requests.Add(new ResetRequest(asked, address.For(http.Request)));
    }
}
