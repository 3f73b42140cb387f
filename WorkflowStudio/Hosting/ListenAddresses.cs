using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;

namespace WorkflowStudio.Hosting;

/// <summary>The addresses that the server is told to listen on: whether they can be read, and whether they are free.</summary>
internal static class ListenAddresses
{
    private const string Example = HostingSetup.DefaultUrl;
    private const int ExamplePort = 5080;

    /// <summary>What the server listens on, as the host will read it.</summary>
    public static string Of(IConfiguration from) => from["urls"] is { Length: > 0 } urls ? urls : HostingSetup.DefaultUrl;

    /// <summary>Why an address cannot be read; null when all can.</summary>
    public static Refusal? RefuseUnreadable(string urls)
    {
        foreach (var url in Split(urls))
            if (Read(url) is null)
                return new Refusal(2, $"The address to listen on is \"{url}\"; give --urls as http://HOST:PORT, for example {Example}.");
        return Split(urls).Length == 0
            ? new Refusal(2, $"No address to listen on is given; give --urls as http://HOST:PORT, for example {Example}.")
            : null;
    }

    /// <summary>
    /// Why the server cannot listen; null when it can. Asked before anything is made or begun, so that a start that is refused leaves
    /// nothing behind.
    /// </summary>
    public static Refusal? RefuseTaken(string urls)
    {
        var network = IPGlobalProperties.GetIPGlobalProperties();
        return RefuseTaken(urls, network.GetActiveTcpListeners(), Own);
    }

    /// <summary>The same over listeners and addresses that are given.</summary>
    internal static Refusal? RefuseTaken(string urls, IReadOnlyCollection<IPEndPoint> listeners, Func<IReadOnlyCollection<IPAddress>> own)
    {
        foreach (var url in Split(urls))
        {
            if (Read(url) is not { } address || address.IsUnixPipe || address.Port == 0) continue;
            var at = AddressesOf(address.Host);
            if (at.FirstOrDefault(a => !IsAny(a) && !IPAddress.IsLoopback(a)) is { } far && !own().Contains(far))
                return new Refusal(2, $"{far} is not an address of this machine. Give --urls with one that is, for example {Example}.");
            if (!listeners.Any(l => l.Port == address.Port && at.Any(a => Meet(a, l.Address)))) continue;
            var free = Enumerable.Range(address.Port + 1, IPEndPoint.MaxPort - address.Port)
                .FirstOrDefault(p => !listeners.Any(l => l.Port == p));
            return new Refusal(3, $"Port {Text(address.Port)} is in use. Start with --urls "
                + $"{address.Scheme}://{address.Host}:{Text(free == 0 ? ExamplePort : free)}");
        }

        return null;
    }

    private static string[] Split(string urls) => urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static BindingAddress? Read(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            return address.Scheme is "http" or "https" && address.Port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort
                && address.PathBase.Length == 0 ? address : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    // a name that is no address stands for all of them, as Kestrel has it
    private static IPAddress[] AddressesOf(string host) =>
        host == "localhost" ? [IPAddress.Loopback, IPAddress.IPv6Loopback]
            : IPAddress.TryParse(host, out var one) ? [one]
            : [IPAddress.IPv6Any, IPAddress.Any];

    private static bool Meet(IPAddress ours, IPAddress theirs) =>
        ours.Equals(theirs) || IsAny(ours) || (IsAny(theirs) && (theirs.Equals(IPAddress.IPv6Any) || IsOfOneKind(ours, theirs)));

    private static bool IsOfOneKind(IPAddress one, IPAddress other) => one.GetAddressBytes().Length == other.GetAddressBytes().Length;

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static IPAddress[] Own() =>
        [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(n => n.GetIPProperties().UnicastAddresses).Select(u => u.Address)];

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
