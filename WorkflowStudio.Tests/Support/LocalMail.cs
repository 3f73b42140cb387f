using System.Buffers;
using System.Net;
using System.Net.Sockets;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace WorkflowStudio.Tests.Support;

/// <summary>A mail server on this machine that keeps what it takes. It asks for the name “desk” with the password “s3cret”.</summary>
internal sealed class LocalMail : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly Task served;

    /// <param name="says">What it says to a message; null takes it.</param>
    /// <param name="knows">Whom it knows; null knows everybody.</param>
    public LocalMail(Func<SmtpResponse>? says = null, Func<string, bool>? knows = null)
    {
        Port = FreePort();
        var options = new SmtpServerOptionsBuilder().ServerName("localhost")
            .Endpoint(e => e.Port(Port).AllowUnsecureAuthentication().AuthenticationRequired()).Build();
        var services = new ServiceProvider();
        services.Add(new Store(this, says));
        services.Add((IMailboxFilter)new DelegatingMailboxFilter(
            (_, _) => true, (_, to, _) => knows is null || knows($"{to.User}@{to.Host}")));
        services.Add((IUserAuthenticator)new DelegatingUserAuthenticator((user, password) => (user, password) == ("desk", "s3cret")));
        served = new SmtpServer.SmtpServer(options, services).StartAsync(stop.Token);
    }

    public int Port { get; }

    public List<MimeMessage> Taken { get; } = [];

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await served.ContinueWith(_ => { }, TaskScheduler.Default);
        stop.Dispose();
    }

    private sealed class Store(LocalMail mail, Func<SmtpResponse>? says) : MessageStore
    {
        public override async Task<SmtpResponse> SaveAsync(
            ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            if (says?.Invoke() is { } said) return said;
            using var stream = new MemoryStream(buffer.ToArray());
            mail.Taken.Add(await MimeMessage.LoadAsync(stream, cancellationToken));
            return SmtpResponse.Ok;
        }
    }
}
