using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using MimeKit.Utils;

namespace AlertDavao.Dashboard.Mail;

/// <summary>
/// Gives mails to the server, a few at once, so that one that has to wait keeps nobody waiting. A mail is tried four times in
/// little more than a minute; one that the server will never take, once.
/// </summary>
internal sealed partial class MailSender(MailQueue queue, MailOptions options, TimeProvider time, ILogger<MailSender> log) : BackgroundService
{
    private const int AtOnce = 4;
    private const int TlsFromTheStart = 465;

    private static readonly TimeSpan[] _waits = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)];
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
        => Parallel.ForEachAsync(queue.ReadAll(stoppingToken), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
            async (mail, stop) => await Deliver(mail, stop));

    private async Task Deliver(OutgoingMail mail, CancellationToken stop)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await Send(mail, stop);
                return;
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                if (attempt == _waits.Length || IsFinal(e))
                {
                    // By its kind alone: a server's words quote the address.
                    NotSent(attempt + 1, e.GetType().Name);
                    return;
                }
            }

            await Task.Delay(_waits[attempt], time, stop);
        }
    }

    private async Task Send(OutgoingMail mail, CancellationToken stop)
    {
        using var message = Message(mail);
        using var patience = new CancellationTokenSource(_patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, stop);
        using var client = new SmtpClient();
        await client.ConnectAsync(options.Host!, options.Port, Security, either.Token);
        if (options.User is { } user)
            await client.AuthenticateAsync(user, options.Password!, either.Token);
        await client.SendAsync(message, either.Token);
        // It is taken: a farewell that fails must not send it again.
        await client.DisconnectAsync(quit: true, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private SecureSocketOptions Security => (options.StartTls, options.Port) switch
    {
        (false, _) => SecureSocketOptions.None,
        (true, TlsFromTheStart) => SecureSocketOptions.SslOnConnect,
        (true, _) => SecureSocketOptions.StartTls,
    };

    private MimeMessage Message(OutgoingMail mail)
    {
        var message = new MimeMessage([options.From!], [MailboxAddress.Parse(mail.To)], mail.Subject, new TextPart("plain") { Text = mail.Text });
        // The default one says this machine's name.
        message.MessageId = MimeUtils.GenerateMessageId(options.From!.Domain);
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    private static bool IsFinal(Exception e) => e is ParseException or AuthenticationException or SmtpCommandException { StatusCode: >= (SmtpStatusCode)500 };

    [LoggerMessage(LogLevel.Error, "A mail was not sent: tried {Attempts} times ({Kind}).")]
    private partial void NotSent(int attempts, string kind);
}
