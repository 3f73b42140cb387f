using System.Net.Sockets;
using WorkflowStudio.Engine.Diagnostics.Telemetry;
using WorkflowStudio.Engine.Model;

namespace WorkflowStudio.Engine.Connectors.Http;

/// <summary>Limits of outgoing calls, and the hosts within the house that may be called all the same.</summary>
public sealed record GuardedHttpOptions
{
    /// <summary>Hosts that may be called wherever they are: <c>localhost</c>, or <c>localhost:11434</c> for one port alone.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Whether a host inside the own network may be called.</summary>
    public bool Allows(string host, int port) => AllowedHosts.Any(allowed =>
        string.Equals(allowed, host, StringComparison.OrdinalIgnoreCase)
        || string.Equals(allowed, $"{host}:{port}", StringComparison.OrdinalIgnoreCase));

    /// <summary>The longest time of a call with its answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest time until a connection stands, with looking up its name and agreeing on encryption.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest answer in bytes.</summary>
    public int MaxResponseBytes { get; init; } = 4 * 1024 * 1024;
}

/// <summary>
/// The one client for outgoing HTTP. Every connection, that of a redirect too, is made to an address that was checked at that moment: a
/// name that changes its address between a check and the call gains nothing. It uses no proxy, which would look names up out of our sight.
/// Headers are looked at first, redirects are followed, answers are unpacked, a connection that was refused is tried once more.
/// </summary>
public sealed class GuardedHttp : IDisposable
{
    /// <summary>How long the headers of an answer may be together.</summary>
    internal const int MaxHeadKilobytes = 32;

    private readonly GuardedHttpOptions options;

    /// <summary>One per process.</summary>
    public GuardedHttp(GuardedHttpOptions options)
    {
        this.options = options;
        var sockets = new SocketsHttpHandler
        {
            ConnectCallback = ConnectAsync,
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false, // HttpRedirects does it
#pragma warning disable CA5359 // it throws, with the reason, where others return false
            SslOptions = { RemoteCertificateValidationCallback = HttpCertificates.Check },
#pragma warning restore CA5359
            ConnectTimeout = options.ConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxResponseHeadersLength = MaxHeadKilobytes,
            ActivityHeadersPropagator = new StepTracePropagator(),
        };
        Client = new HttpClient(new HeadCheck(new HttpRedirects(
            new HttpAnswers(new HttpSecondTry(new ConnectLimit(sockets, options.ConnectTimeout)), options.MaxResponseBytes))))
        { Timeout = options.Timeout };
    }

    /// <summary>
    /// The client. Throws <see cref="AddressNotAllowedException"/> inside an <see cref="HttpRequestException"/> when the address is not
    /// public.
    /// </summary>
    public HttpClient Client { get; }

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = await GuardedSocket.ConnectAsync(options, context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Tells a connection that did not come about in time from an answer that did not.</summary>
    private sealed class ConnectLimit(HttpMessageHandler inner, TimeSpan limit) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return await base.SendAsync(request, cancellationToken);
            }
            catch (OperationCanceledException e) when (e.InnerException is TimeoutException && !cancellationToken.IsCancellationRequested)
            {
                throw new CallRefusedException(new ConnectorProblem("unreachable", $"There was no connection to {request.RequestUri!.Host} "
                    + $"within {limit.TotalSeconds:0.#} s. See whether the address is right and the other side is running.", true));
            }
        }
    }

    /// <summary>The last door before the wire: whoever made the request, no header of it can begin another one.</summary>
    private sealed class HeadCheck(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var wrong = request.Headers.NonValidated.Concat(request.Content?.Headers.NonValidated ?? default)
                .SelectMany(h => h.Value.Select(value => HttpHeaderRule.ValueProblem(h.Key, value))).FirstOrDefault(p => p is not null);
            return wrong is null
                ? base.SendAsync(request, cancellationToken)
                : Task.FromException<HttpResponseMessage>(new CallRefusedException(WorkflowProblemCodes.WrongSetting, wrong));
        }
    }
}

/// <summary>A call was refused because its address is not on the public internet.</summary>
public sealed class AddressNotAllowedException : HttpRequestException
{
    /// <summary>For the host that was to be called.</summary>
    public AddressNotAllowedException(string host)
        : base($"{host} is not on the public internet, so the studio does not call it. Whoever runs the studio can allow it: "
            + "STUDIO_ALLOWED_HOSTS is a setting of the server, described in docs/operations.md.")
    {
    }

    /// <summary>Without a host.</summary>
    public AddressNotAllowedException()
        : this("The host")
    {
    }

    /// <summary>With a text and a cause.</summary>
    public AddressNotAllowedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
