"""The entry of the dashboard: navigation only."""

import streamlit as st

from simulator.dashboard.pages import how_sure, person, story

st.set_page_config(
    page_title="Mosaic", page_icon="🧩", layout="wide", initial_sidebar_state="collapsed"
)
st.navigation(
    [
        st.Page(story.render, title="Story", default=True),
        st.Page(person.render, title="One person", url_path="person"),
        st.Page(how_sure.render, title="How sure?", url_path="how_sure"),
    ],
    position="top",
).run()
