package dev.posthorn.connector.gmail;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonErrorContainer;
import com.google.api.client.googleapis.services.AbstractGoogleClientRequest;
import com.google.api.client.googleapis.services.json.AbstractGoogleJsonClientRequest;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.json.GenericJson;
import com.google.api.client.util.GenericData;
import com.google.api.services.gmail.Gmail;
import com.google.api.services.gmail.GmailRequest;
import com.google.api.services.gmail.model.BatchModifyMessagesRequest;
import com.google.api.services.gmail.model.History;
import com.google.api.services.gmail.model.HistoryLabelAdded;
import com.google.api.services.gmail.model.HistoryLabelRemoved;
import com.google.api.services.gmail.model.HistoryMessageAdded;
import com.google.api.services.gmail.model.HistoryMessageDeleted;
import com.google.api.services.gmail.model.Label;
import com.google.api.services.gmail.model.LabelColor;
import com.google.api.services.gmail.model.ListHistoryResponse;
import com.google.api.services.gmail.model.ListLabelsResponse;
import com.google.api.services.gmail.model.ListMessagesResponse;
import com.google.api.services.gmail.model.Message;
import com.google.api.services.gmail.model.MessagePart;
import com.google.api.services.gmail.model.MessagePartBody;
import com.google.api.services.gmail.model.MessagePartHeader;
import com.google.api.services.gmail.model.Profile;
import com.google.api.services.gmail.model.WatchRequest;
import com.google.api.services.gmail.model.WatchResponse;
import io.quarkus.runtime.annotations.RegisterForReflection;

/// What Google's client looks at by reflection, requests and answers alike: a native image would lack it, and say so only when called.
@RegisterForReflection(targets = {GoogleJsonError.class, GoogleJsonError.ErrorInfo.class, GoogleJsonError.Details.class,
    GoogleJsonErrorContainer.class, AbstractGoogleClientRequest.class, AbstractGoogleJsonClientRequest.class, GenericUrl.class, HttpHeaders.class,
    GenericJson.class, GenericData.class, GmailRequest.class, Gmail.Users.GetProfile.class, Gmail.Users.Watch.class,
    Gmail.Users.Messages.List.class, Gmail.Users.Messages.Get.class, Gmail.Users.Messages.Send.class, Gmail.Users.Messages.Trash.class,
    Gmail.Users.Messages.BatchModify.class, Gmail.Users.History.List.class, Gmail.Users.Labels.List.class, BatchModifyMessagesRequest.class,
    History.class, HistoryLabelAdded.class, HistoryLabelRemoved.class, HistoryMessageAdded.class, HistoryMessageDeleted.class, Label.class,
    LabelColor.class, ListHistoryResponse.class, ListLabelsResponse.class, ListMessagesResponse.class, Message.class, MessagePart.class,
    MessagePartBody.class, MessagePartHeader.class, Profile.class, WatchRequest.class, WatchResponse.class})
final class GmailReflection {
  private GmailReflection() {}
}
