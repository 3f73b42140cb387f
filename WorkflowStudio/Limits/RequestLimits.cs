using System.Net;

namespace WorkflowStudio.Limits;

/// <summary>What each party may still ask of this node.</summary>
internal sealed class RequestLimits(StudioLimits limits, TimeProvider clock)
{
    private const int PrefixBytes = 8;

    /// <summary>By key.</summary>
    public Allowance<Guid> Keys { get; } = new(limits.Key, TimeSpan.FromSeconds(1), clock);

    /// <summary>By workflow.</summary>
    public Allowance<Guid> Webhooks { get; } = new(limits.Webhook, TimeSpan.FromSeconds(1), clock);

    /// <summary>Of posts to webhooks, by <see cref="PlaceOf"/>.</summary>
    public Allowance<IPAddress> Senders { get; } = new(limits.Sender, TimeSpan.FromSeconds(1), clock);

    /// <summary>By <see cref="PlaceOf"/>.</summary>
    public Allowance<IPAddress> SignIns { get; } = new(limits.SignIns, TimeSpan.FromMinutes(1), clock);

    /// <summary>Of what is sent by forms, by form.</summary>
    public Allowance<Guid> Forms { get; } = new(limits.Form, TimeSpan.FromMinutes(1), clock);

    /// <summary>Of what is sent by forms, by <see cref="PlaceOf"/>.</summary>
    public Allowance<IPAddress> FormSenders { get; } = new(limits.FormSender, TimeSpan.FromMinutes(1), clock);

    /// <summary>
    /// Where a request comes from: its address, or the network of 64 bits of one that can choose among so many. Loopback where there is
    /// none.
    /// </summary>
    public static IPAddress PlaceOf(IPAddress? address)
    {
        if (address is null) return IPAddress.Loopback;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        Span<byte> bytes = stackalloc byte[16];
        if (!address.TryWriteBytes(bytes, out var length) || length <= PrefixBytes) return address;
        bytes[PrefixBytes..].Clear();
        return new IPAddress(bytes);
    }
}
