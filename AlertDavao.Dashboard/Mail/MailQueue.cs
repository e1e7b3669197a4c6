using System.Threading.Channels;

namespace AlertDavao.Dashboard.Mail;

/// <summary>Mails that wait to be sent, in memory: what waits when the program stops is lost, and can be asked for again.</summary>
internal sealed class MailQueue(MailOptions options)
{
    private const int Most = 500;

    private readonly Channel<OutgoingMail> _waiting = Channel.CreateBounded<OutgoingMail>(Most);

    /// <returns>False when there is no mail, or too many wait.</returns>
    public bool TryAdd(OutgoingMail mail) => options.IsOn && _waiting.Writer.TryWrite(mail);

    public IAsyncEnumerable<OutgoingMail> ReadAll(CancellationToken stop) => _waiting.Reader.ReadAllAsync(stop);
}

/// <summary>A mail of plain text.</summary>
internal sealed record OutgoingMail(string To, string Subject, string Text);
