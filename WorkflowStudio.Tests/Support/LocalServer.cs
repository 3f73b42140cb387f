using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace WorkflowStudio.Tests.Support;

/// <summary>A tiny HTTP server on this machine: answers every request with what it is told and remembers the last one.</summary>
internal sealed class LocalServer : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly Func<string, byte[]> answer;
    private readonly X509Certificate2? certificate;

    /// <param name="answer">Makes the whole answer, from the status line on, of the whole request.</param>
    public LocalServer(Func<string, string> answer)
        : this(request => Encoding.UTF8.GetBytes(answer(request)))
    {
    }

    /// <param name="answer">Makes the bytes of the whole answer; none closes the connection without one.</param>
    /// <param name="certificate">Makes it a server of https.</param>
    public LocalServer(Func<string, byte[]> answer, X509Certificate2? certificate = null)
    {
        this.certificate = certificate;
        this.answer = answer;
        listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public string Url => $"http://localhost:{Port}";

    public string SecureUrl => $"https://localhost:{Port}";

    public string LastRequest { get; private set; } = "";

    public int Requests { get; private set; }

    public static string Ok(string body) =>
        string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + $"{Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");

    public static byte[] Ok(byte[] body, string headers) =>
        [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"HTTP/1.1 200 OK\r\n{headers}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n")), .. body];

    public static string Status(int status, string headers = "") =>
        string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} Answer\r\n{headers}Content-Length: 0\r\nConnection: close\r\n\r\n");

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                await using var stream = await OpenedAsync(client.GetStream());
                LastRequest = await ReadAsync(stream);
                Requests++;
                await stream.WriteAsync(answer(LastRequest), stop.Token);
            }
        }
        catch (Exception e)
            when (e is OperationCanceledException or ObjectDisposedException or IOException or SocketException or AuthenticationException)
        {
            // the test is over
        }
    }

    private async Task<Stream> OpenedAsync(NetworkStream plain)
    {
        if (certificate is null) return plain;
        var secure = new SslStream(plain);
        await secure.AuthenticateAsServerAsync(certificate);
        return secure;
    }

    private async Task<string> ReadAsync(Stream stream)
    {
        var buffer = new byte[64 * 1024];
        var count = 0;
        while (true)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(count), stop.Token);
            count += read;
            var text = Encoding.UTF8.GetString(buffer, 0, count);
            var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (read == 0 || (head >= 0 && Encoding.UTF8.GetByteCount(text[(head + 4)..]) >= BodyLength(text[..head]))) return text;
        }
    }

    private static int BodyLength(string head)
    {
        var line = head.Split("\r\n").FirstOrDefault(l => l.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase));
        return line is null ? 0 : int.Parse(line.AsSpan(15), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
    }
}
